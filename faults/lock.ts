/** Holds a database's lock for writing: `lock.ts FILE MS`. Prints a line once it has it. */
import { DatabaseSync } from 'node:sqlite';

const [file, ms] = process.argv.slice(2);
const database = new DatabaseSync(file!, { timeout: 10_000 });
database.exec('BEGIN IMMEDIATE');
console.log('locked');
setTimeout(() => {
  database.exec('ROLLBACK');
  database.close();
}, Number(ms));
