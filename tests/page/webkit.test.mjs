// The page in WebKitGTK.

import { testIn } from './browsers.mjs';

testIn('webkit');
