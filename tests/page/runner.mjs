// Tests of node's own runner, each with a time limit, and browsers that end with their test:
//
//   node tests/page/prepare.mjs                                            makes the files that they use
//   node --test tests/page/panic.test.mjs                                  the tests of a view
//   node --test --test-name-pattern='stray touch' tests/page/*.test.mjs    those with these words in their names

import { afterEach, test as nodeTest } from 'node:test';
import { endBrowsers, whatPagesShow } from './harness.mjs';

/** No test takes longer, in milliseconds. */
const PATIENCE = 120_000;

afterEach(endBrowsers);

/** A test, by what has to be true. */
export function test(name, work) {
    return nodeTest(name, { timeout: PATIENCE }, async ({ signal }) => {
        // A test that takes too long fails at its next step.
        signal.addEventListener('abort', endBrowsers);
        try {
            await work();
        } catch (error) {
            error.stack += `\n\nThe pages show:\n${await whatPagesShow()}`;
            throw error;
        }
    });
}
