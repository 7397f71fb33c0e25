import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { containerFreeBytes, freeMemoryBytes } from './free-memory.ts';

let groups: string;
beforeEach(() => {
  groups = mkdtempSync(join(tmpdir(), 'poolboard-groups-'));
});
afterEach(() => rmSync(groups, { recursive: true }));

/** Files as the kernel shows them: the groups of a process, and what they say. */
function show(membership: string, files: Record<string, string>): number | null {
  for (const [path, text] of Object.entries({ ...files, membership })) {
    mkdirSync(dirname(join(groups, path)), { recursive: true });
    writeFileSync(join(groups, path), `${text}\n`);
  }
  return containerFreeBytes({ groups, membership: join(groups, 'membership') });
}

test('this machine has memory, though less than it was built with', () => {
  expect(freeMemoryBytes()).toBeGreaterThan(0);
  expect(freeMemoryBytes()).toBeLessThan(totalmem());
});

test('the files that a container has in its cache count as free', () => {
  const free = show('0::/', {
    'memory.max': '4000000000',
    'memory.current': '3900000000',
    'memory.stat': 'anon 900000000\nfile 3000000000\ninactive_file 2000000000\nactive_file 1000000000',
  });
  expect(free).toBe(3_100_000_000);
});

test('the narrowest limit counts, of a group and those that it is in', () => {
  const free = show('0::/user.slice/work.scope', {
    'user.slice/memory.max': '3000',
    'user.slice/memory.current': '2900',
    'user.slice/work.scope/memory.max': 'max',
    'user.slice/work.scope/memory.current': '100',
  });
  expect(free).toBe(100);
});

test('the first version of control groups is read too, in the folder of its own', () => {
  const free = show('9:name=systemd:/\n4:memory:/docker/abc\n0::/', {
    'memory/docker/abc/memory.limit_in_bytes': '1000',
    'memory/docker/abc/memory.usage_in_bytes': '900',
    'memory/docker/abc/memory.stat': 'inactive_file 1\ntotal_inactive_file 300\ntotal_active_file 100',
    'memory/memory.limit_in_bytes': '9223372036854771712',
    'memory/memory.usage_in_bytes': '5000',
  });
  expect(free).toBe(500);
});

test('a group that has just passed its limit has nothing free', () => {
  expect(show('0::/', { 'memory.max': '1000', 'memory.current': '1010' })).toBe(0);
});

test('without a limit there is nothing to tell', () => {
  expect(show('0::/', { 'memory.max': 'max', 'memory.current': '1010' })).toBeNull();
  expect(show('', {})).toBeNull();
  expect(containerFreeBytes({ groups: join(groups, 'none'), membership: join(groups, 'none') })).toBeNull();
});
