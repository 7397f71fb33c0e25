import { spawn } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';

const dir = process.env.POOLBOARD_FAULTS_DIR;
const plan = JSON.parse(readFileSync(`${dir}/plan.json`, 'utf8'));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function hang() {
  for (;;);
}

function leak() {
  const held = [];
  for (;;) held.push(new Array(10_000).fill(held.length + 0.5));
}

function startChild() {
  spawn('sh', ['-c', 'sleep 1000 & wait'], { stdio: 'ignore' }).unref();
}

export default async function task(input, { signal, progress }) {
  const i = typeof input === 'number' ? input : input.i;
  appendFileSync(`${dir}/tries/${i}`, 'x');
  const isFirst = statSync(`${dir}/tries/${i}`).size === 1;
  const value = { i, square: i * i };
  switch (plan[i]) {
    case 'slow':
      progress(0.5, 'half');
      await wait(5 + (i % 30));
      break;
    case 'throws':
      throw Object.assign(new RangeError(`no ${i}`), { code: 'E_NO', i });
    case 'throws-first':
      if (isFirst) throw new Error('not yet');
      break;
    case 'unstorable':
      return () => value;
    case 'big':
      return { ...value, text: 'x'.repeat(200_000) };
    case 'prints':
      for (let line = 0; line < 2000; line++) console.log(String(line).padEnd(1000, '.'));
      break;
    case 'exit':
      process.exit(3);
      break;
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      break;
    case 'kill-first':
      if (isFirst) process.kill(process.pid, 'SIGKILL');
      break;
    case 'segv':
      process.kill(process.pid, 'SIGSEGV');
      break;
    case 'leak':
      leak();
      break;
    case 'grandchild':
      startChild();
      break;
    case 'hang':
      hang();
      break;
    case 'hang-first':
      if (isFirst) hang();
      break;
    case 'wait':
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      break;
    case 'freeze':
      process.kill(process.pid, 'SIGSTOP');
      break;
    case 'family':
      startChild();
      hang();
  }
  return value;
}
