import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const fetchTimeoutMs = 10 * 60_000;
const probeTimeoutMs = 5000;
/** A window that is up this long was not kept from opening. */
const startMs = 10_000;

/** Electron's executable in a checkout, or null where its runtime is not there (yet). */
export function electronExecutable(root, env = process.env) {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const name = readFileSync(join(folder, 'path.txt'), 'utf8');
    const file = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/** Fetches the runtime with Electron's own installer. Resolves with null, or with why it could not be. */
export async function fetchRuntime(node, root, { timeoutMs = fetchTimeoutMs, probe = probeNetwork } = {}) {
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const { status, failure, text } = await watch(node, [installer], { cwd: root }, timeoutMs);
  if (failure) return failure;
  if (status === 0 && electronExecutable(root)) return null;
  const lines = text.split('\n').map((line) => line.trim());
  const said =
    lines.find((line) => /error/i.test(line))?.replace(/^\w*Error:\s*/, '') || `exit status ${status}`;
  return (said.includes('fetch failed') && (await probe())) || said;
}

/** Why the place that runtimes come from cannot be reached, or null where it can. */
async function probeNetwork() {
  try {
    await fetch('https://github.com', { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) });
    return null;
  } catch (error) {
    const code = error.cause?.code ?? error.name;
    return networkReasons[code] ?? `github.com cannot be reached: ${code}`;
  }
}

const networkReasons = {
  ENOTFOUND: 'github.com cannot be found on this network',
  EAI_AGAIN: 'github.com cannot be found on this network',
  ENETUNREACH: 'the network cannot be reached',
  ECONNREFUSED: 'github.com refuses the connection',
  TimeoutError: 'github.com does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'github.com does not answer',
};

/** Runs the app. Resolves with its exit status, and with a failure where it could not even start. */
export async function openApp(executable, root, args) {
  const startedAt = Date.now();
  const { status, failure, text } = await watch(executable, [root, ...args], { cwd: process.cwd() });
  if (failure) return { status: 1, failure };
  const library = /error while loading shared libraries: ([^:\s]+)/.exec(text)?.[1];
  if (library) return { status, failure: `the library ${library} is missing` };
  const isEarly = Date.now() - startedAt < startMs;
  if (status !== 0 && isEarly && /cannot open display|Missing X server|ozone_platform/i.test(text)) {
    return { status, failure: 'the display cannot be opened' };
  }
  return { status };
}

const lastCharacters = 20_000;

/** Runs a program to its end, passes on what it says on standard error, and remembers the last of it. */
function watch(command, args, options, timeoutMs) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['inherit', 'inherit', 'pipe'] });
    let text = '';
    child.stderr.setEncoding('utf8').on('data', (data) => {
      text = (text + data).slice(-lastCharacters);
      if (timeoutMs === undefined) process.stderr.write(data);
    });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            child.kill('SIGKILL');
            resolve({
              status: 1,
              failure: `it took longer than ${Math.round(timeoutMs / 60_000)} minutes`,
              text,
            });
          }, timeoutMs);
    const pass = (signal) => child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    const end = (result) => {
      clearTimeout(timer);
      process.off('SIGINT', pass).off('SIGTERM', pass);
      resolve({ text, ...result });
    };
    child.on('error', (error) => end({ status: 1, failure: error.message }));
    child.on('close', (code, signal) => end({ status: code ?? (signal === 'SIGINT' ? 130 : 1) }));
  });
}
