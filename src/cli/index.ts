import manifest from '../../package.json' with { type: 'json' };
import { main } from './main.ts';
import { processTerminal } from './process-terminal.ts';

const status = await main(process.argv.slice(2), processTerminal(), manifest.version);
// Not by itself: standard input may still be open, and a task's process may refuse to end.
process.exit(status);
