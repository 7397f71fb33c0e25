// x * x for ten x. A callback is handed each result the moment that it is ready: the larger x, the later.
import { Pool } from 'poolboard';

async function square(x: number, pauseMs: number) {
  await new Promise((resolve) => setTimeout(resolve, x * pauseMs));
  return x * x;
}

const pauseMs = Number(process.argv[2] ?? 200);
const pool = new Pool();
for (let x = 0; x < 10; x++) {
  pool.applyAsync(square, [x, pauseMs], { callback: (result) => console.log(result) });
}
pool.close();
await pool.join();
