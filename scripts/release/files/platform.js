#!/usr/bin/env node
// `npm run platform` of a release.
import './check-node.js';

await import('./server/delivery/cli/platform.js');
