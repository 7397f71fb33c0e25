import { expect, test } from 'vitest';
import { workerEnv } from './worker-env.ts';

test('workers get the environment as strings, less what Electron and Node would read themselves', () => {
  const env = {
    PATH: '/usr/bin',
    EMPTY: '',
    GONE: undefined,
    ELECTRON_RUN_AS_NODE: '1',
    electron_enable_logging: '1',
    NODE_OPTIONS: '--inspect',
    NODE_ENV: 'production',
  };
  expect(workerEnv(env)).toEqual({ PATH: '/usr/bin', EMPTY: '', NODE_ENV: 'production' });
});
