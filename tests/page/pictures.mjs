// Pictures of every view, in each language, light and dark, on a phone and a laptop: pictures.mjs, after prepare.mjs. They go into
// target/page-tests/pictures.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { at, photos } from './fixtures.mjs';
import { LANGUAGES, Phone } from './harness.mjs';

const out = at('pictures');
mkdirSync(out, { recursive: true });

for (const [language, dark, [width, height]] of LANGUAGES.flatMap((language) =>
    [false, true].flatMap((dark) => [[360, 740], [1280, 800]].map((size) => [language, dark, size])),
)) {
    const phone = await Phone.open({ language, dark, width, height, camera: 'refused' });
    const shoot = (name) => phone.page.screenshot({ path: join(out, `${name}.${language}.${dark ? 'dark' : 'light'}.${width}.png`) });
    // A letter does not open by itself while another one is being received.
    const opened = async () => {
        await Promise.race([phone.page.click('#lines button').catch(() => {}), phone.letter()]);
        await phone.letter();
    };
    await shoot('begin');
    await phone.page.click('#camera');
    await phone.page.waitForFunction(() => document.getElementById('cameraAbout').textContent !== '');
    await shoot('refused');
    await phone.choose(at('part.webm'), at('empty.jpg'));
    await phone.page.waitForSelector('#lines li.bad');
    await shoot('coming');
    await phone.choose(...photos());
    await opened();
    await shoot('letter');
    await phone.page.click('#letterBar button.main');
    await phone.page.waitForFunction(() => document.querySelector('#board canvas')?.width < 200);
    await shoot('show');
    await phone.view('receive');
    await phone.choose(at('false.envelope'));
    await opened();
    await shoot('false');
    await phone.view('write');
    await phone.page.fill('#text', language === 'fa' ? 'امشب ساعت ۹، همان جا.' : 'Tonight at nine, the same place.');
    await phone.page.selectOption('#for', 'encryptPassphrase');
    await shoot('write');
    await phone.view('keys');
    await shoot('keys');
    await phone.close();
}
