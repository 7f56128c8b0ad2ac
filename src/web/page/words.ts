// What the page says. One file a language says it.

/** What happened, and what to do about it. */
export type Two = [string, string];

/** The texts of a language. */
export interface Words {
    tag: 'fa' | 'en';
    direction: 'rtl' | 'ltr';
    /** The page's name. */
    name: string;
    units: [string, string, string];

    // Everywhere.
    skip: string;
    otherLanguage: string;
    theme: string;
    panic: string;
    panicAbout: string;
    receive: string;
    write: string;
    keys: string;
    back: string;
    copy: string;
    copied: string;
    saved: string;
    cancel: string;
    failed: string;
    tryAgain: string;
    memoryShort: Two;
    noWasm: Two;
    notKept: string;

    // Receiving.
    receiveAbout: string;
    camera: string;
    takePhoto: string;
    takeFilm: string;
    choose: string;
    paste: string;
    pasteHint: string;
    pasteRead: string;
    stop: string;
    stopFiles: string;
    playFilm: string;
    lens: string;
    torch: string;
    zoom: string;
    aim: string;
    noCameraHere: Two;
    cameraRefused: Two;
    cameraMissing: Two;
    cameraBusy: Two;
    looking(done: number, all: number): string;
    filming(percent: number): string;
    fileBrought(name: string, codes: number, fresh: number): string;
    unreadable(name: string): Two;
    noCodes(name: string): Two;
    moves(name: string): Two;
    largePicture(name: string): Two;
    touchToPlay: string;
    foreign(name: string, text: string): Two;
    notAPicture(name: string): Two;
    isPdf(name: string): Two;
    badFilm(name: string): Two;
    tooLarge(name: string): Two;
    fresh: string;
    nothingNew: string;
    forgedCode: string;
    refused(what: string): string;
    coming: string;
    progress(received: number, needed: number, codes: number): string;
    somethingForged: string;
    andMore(count: number): string;
    map: string;
    complete: string;
    read: string;
    letters: string;
    noLetters: string;
    untitled: string;
    encryptedLetter: string;
    forget: string;
    forgetShort: string;
    forgetComing: string;
    forgetStrangers: string;
    forgetSure: string;
    forgetManySure: string;
    keySeen(fingerprint: string): string;
    keyKnown(fingerprint: string, name: string): string;
    aKey(fingerprint: string): string;
    aKeyOfALetter(fingerprint: string): string;
    nameMissing: Two;

    // A letter.
    trusted(name: string): Two;
    unknown(fingerprint: string): Two;
    unsigned: Two;
    false: Two;
    evenIfFalse: string;
    falseShown: string;
    trustIt: string;
    forgedThrown(count: number): string;
    passOn: string;
    saveLetter: string;
    copyText: string;
    print: string;
    larger: string;
    smaller: string;
    notText(name: string, bytes: string): string;
    fileOfAStranger: string;
    locked: Two;
    lockedPassphrase: string;
    lockedIdentity: string;
    open: string;
    opening: string;

    // Showing.
    showAbout: string;
    pace: string;
    paceSlow: string;
    paceFast: string;
    paceNow(at: number, modules: number, pace: number): string;
    round(frames: number, sufficient: number, seconds: number): string;
    pause: string;
    goOn: string;
    next: string;
    flickers: string;
    theCode: string;
    savePage: string;
    copyArmor: string;
    give: string;
    giveAbout: string;
    given: string;

    // Writing.
    writeAbout: string;
    title: string;
    text: string;
    textHint: string;
    attach: string;
    detach: string;
    pictureTells: string;
    fileTells: string;
    letterTooLarge: Two;
    attached(name: string, bytes: string): string;
    sign: string;
    noKeyYet: string;
    keyPassphrase: string;
    encrypt: string;
    encryptNot: string;
    encryptPassphrase: string;
    encryptRecipients: string;
    passphrase: string;
    makePassphrase: string;
    recipients: string;
    recipientsHint: string;
    seal: string;
    sealing: string;

    // Keys.
    keysAbout: string;
    keysSafety: string;
    keysNotKept: string;
    keyMeanwhile: string;
    myKey: string;
    myKeyAbout: string;
    makeKey: string;
    making: string;
    fingerprint: string;
    publicKey: string;
    saveKey: string;
    loadKey: string;
    notASecretKey: Two;
    keyUnlocked: Two;
    keyHeavy: Two;
    deleteKey: string;
    deleteKeySure: string;
    myAddress: string;
    myAddressAbout: string;
    makeAddress: string;
    address: string;
    trustedKeys: string;
    noTrusted: string;
    trustDamaged: string;
    trustAnew: string;
    addKey: string;
    keyName: string;
    keyText: string;
    add: string;
    passphraseAbout: string;

    /** Errors of the program for which the page has other advice. */
    errors: Record<string, Two | undefined>;
}
