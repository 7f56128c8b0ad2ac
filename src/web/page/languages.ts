// The languages that the page speaks.

import { english } from './words.en';
import { persian } from './words.fa';
import { accented } from './words.xx';
import type { Words } from './words';

/** Whether the language of tests is built in: the page's build says so. */
declare const TEST_LANGUAGE: boolean;

/** All of them, in the order in which the switch goes through them; the first is spoken at first. */
export const LANGUAGES: [Words, ...Words[]] = [persian, ...(TEST_LANGUAGE ? [accented(english)] : []), english];

/** What is said in a language that lacks something. */
export const FALLBACK = english;
