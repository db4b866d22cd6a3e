// `npm start` of a release.
import './check-node.js';
import { setFlagsFromString } from 'node:v8';

if (process.env.NODE_ENV === 'production') {
  // While a start loads code, V8 would double its young generation again and again, to 32 MB that stay. Under load it grows as ever.
  setFlagsFromString('--semi-space-growth-factor=1');
  await import('./server/main.js');
  setFlagsFromString('--semi-space-growth-factor=2');
} else {
  await import('./scripts/start.js');
}
