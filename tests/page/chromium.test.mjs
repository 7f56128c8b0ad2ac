// The page in Chromium.

import { testIn } from './browsers.mjs';

testIn('chromium');
