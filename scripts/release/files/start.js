// `npm start` of a release.
import './check-node.js';
import { setFlagsFromString } from 'node:v8';

// While a start loads code, V8 would double its young generation again and again, to 32 MB that stay, and compile with all its might what runs
// once: 12 MB that its compilers leave behind, and a sixth of the start's processor time. Under load both are as ever.
const WHILE_LOADING = ['--semi-space-growth-factor=1', '--no-maglev', '--no-opt'];
const FROM_THEN_ON = ['--semi-space-growth-factor=2', '--maglev', '--opt'];

if (process.env.NODE_ENV === 'production') {
  for (const flag of WHILE_LOADING) setFlagsFromString(flag);
  await import('./server/main.js');
  for (const flag of FROM_THEN_ON) setFlagsFromString(flag);
} else {
  await import('./scripts/start.js');
}
