// Ten tasks that print as they go; nobody waits for their results. What they print is shown at once.
import { Pool } from 'poolboard';

async function hello(n: number, pauseMs: number) {
  for (let i = 0; i < 3; i++) {
    console.log(`hello ${n}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

const pauseMs = Number(process.argv[2] ?? 1000);
const pool = new Pool({ workers: 4 });
for (let n = 0; n < 10; n++) {
  pool.applyAsync(hello, [n, pauseMs]);
}
pool.close();
await pool.join();
console.log('Sub-process(es) done.');
