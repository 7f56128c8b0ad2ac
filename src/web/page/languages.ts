// The languages that the page speaks.

import { english } from './words.en';
import { persian } from './words.fa';
import { accented } from './words.xx';
import type { Words } from './words';

/** Whether the language of tests is built in: the page's build says so. */
declare const TEST_LANGUAGE: boolean;

/** All of them, in the order in which the switch goes through them; the page starts with the first. */
export const LANGUAGES: [Words, ...Words[]] = [persian, ...(TEST_LANGUAGE ? [accented(english)] : []), english];

/** The language of texts that a language lacks. */
export const FALLBACK = english;
