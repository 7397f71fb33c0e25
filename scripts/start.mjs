// `npm start`: builds Poolboard where that is needed and opens it, in Electron or, where that cannot be, in the
// browser. Plain JavaScript, for it may run on the machine's own Node (20.19 or newer).
import { fileURLToPath } from 'node:url';
import { start } from './lib/start.mjs';
import { startingOf } from './lib/starting.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
process.exit(await start(startingOf(root), process.argv.slice(2)));
