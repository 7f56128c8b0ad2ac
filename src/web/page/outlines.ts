// Photos with codes that could not be read: which, and why, so that people see what to photograph again.

import { drop } from './discreet';
import { $, el, fill } from './dom';
import { Photo } from './pictures';
import type { Corners, Look, Mark } from './pictures';
import { inOwn, number, says, words } from './say';

/** Photos that are shown at most, the last ones. */
const MOST_SHOWN = 6;
/** Codes that are pointed out in a photo at most. */
const MOST_MARKS = 30;
/** Codes that were read of which it is remembered where: those of the most crowded sheet. */
const MOST_READ = 200;
/** Pixels of a photo as it is shown. */
const PIXELS = 400_000;

/** What was seen in one photo, in all looks at it. */
export class Sight {
    readonly read: Corners[] = [];
    private seen: Mark[] = [];

    /** Takes what a further look saw: what it read counts, and of what it could not read it knows more than those before. */
    add({ codes, unread }: Look): void {
        for (const { corners } of codes) {
            if (corners && this.read.length < MOST_READ && !this.read.some((read) => overlap(read, corners))) {
                this.read.push(corners);
            }
        }
        const before = this.seen.filter(({ corners }) => !unread.some((now) => overlap(now.corners, corners)));
        this.seen = [...before, ...unread];
    }

    /** What was seen and not read. */
    get unread(): Mark[] {
        return this.seen.filter(({ corners }) => !this.read.some((read) => overlap(read, corners)));
    }
}

/** Whether the middle of one lies in the other. */
function overlap(one: Corners, other: Corners): boolean {
    return isInside(middle(one), other) || isInside(middle(other), one);
}

function middle(corners: Corners): [number, number] {
    const mean = (axis: 0 | 1): number => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
    return [mean(0), mean(1)];
}

/** Whether a place lies on one side of all edges. */
function isInside([x, y]: [number, number], corners: Corners): boolean {
    const sides = corners.map(([fromX, fromY], at) => {
        const [toX, toY] = corners[(at + 1) % corners.length]!;
        return (toX - fromX) * (y - fromY) - (toY - fromY) * (x - fromX) > 0;
    });
    return sides.every((side) => side === sides[0]);
}

/** Shows a photo with what was read and what was not, if there is any of that. */
export async function show(file: File, name: string, { read, unread }: Sight): Promise<void> {
    if (unread.length === 0) {
        return;
    }
    const marks = unread.slice(0, MOST_MARKS);
    const asked = cleared;
    const photo = await Photo.open(file);
    let drawn: HTMLCanvasElement;
    try {
        drawn = await photo.drawn(PIXELS);
    } finally {
        photo.close();
    }
    if (asked !== cleared) {
        return;
    }
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 1 1');
    svg.setAttribute('preserveAspectRatio', 'none');
    const outline = (corners: Corners, kind: string): void => {
        for (const ground of ['ground', kind]) {
            const polygon = document.createElementNS('http://www.w3.org/2000/svg', 'polygon');
            polygon.setAttribute('points', corners.join(' '));
            polygon.setAttribute('class', ground);
            svg.append(polygon);
        }
    };
    read.forEach((corners) => outline(corners, 'read'));
    marks.forEach(({ corners }) => outline(corners, 'unread'));
    const numbers = marks.map(({ corners }, at) => {
        const [x, y] = middle(corners);
        const shown = el('b', {});
        says(shown, () => number(at + 1));
        [shown.style.left, shown.style.top] = [`${x * 100}%`, `${y * 100}%`];
        return shown;
    });
    const caption = el('figcaption');
    says(caption, () => words().unreadCodes(name, read.length, unread.length));
    const figure = el('figure', {}, el('div', { className: 'outlined', data: { 'aria-hidden': 'true' } }, drawn, svg, ...numbers), caption, reasons(marks));
    const shown = $('outlines');
    shown.prepend(figure);
    while (shown.children.length > MOST_SHOWN) {
        shown.lastElementChild!.remove();
    }
}

/** Each reason, with the numbers of the codes that it is true of. */
function reasons(marks: Mark[]): HTMLElement {
    const all = new Map<string, [Mark, number[]]>();
    marks.forEach((mark, at) => {
        const reason = JSON.stringify(mark.why);
        const known = all.get(reason) ?? [mark, []];
        known[1].push(at + 1);
        all.set(reason, known);
    });
    const lines = [...all.values()].map(([mark, numbers]) => {
        const line = el('li');
        says(line, () => `${numbers.map(number).join(words().comma)}: ${inOwn(mark.why)}`);
        return line;
    });
    return el('ul', {}, ...lines);
}

/** How often all were cleared: what is being drawn meanwhile is not shown. */
let cleared = 0;

/** Shows none any more. */
export function clear(): void {
    cleared++;
    drop('outlines');
    fill($('outlines'));
}
