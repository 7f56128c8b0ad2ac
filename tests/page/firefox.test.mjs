// The page in Firefox.

import { testIn } from './browsers.mjs';

testIn('firefox');
