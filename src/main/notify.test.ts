import type { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import { notify } from './notify.ts';

const { shown } = vi.hoisted(() => ({ shown: [] as EventEmitter[] }));
let isSupported = true;
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class Notification extends Emitter {
    static isSupported = () => isSupported;
    readonly options: object;
    constructor(options: object) {
      super();
      this.options = options;
    }
    show() {
      shown.push(this);
    }
  }
  return { Notification };
});

beforeEach(() => {
  shown.length = 0;
  isSupported = true;
});

test('a notification is shown, and its click is heard', () => {
  const onClick = vi.fn();
  notify({ title: 'hash in', body: 'Completed' }, onClick);
  expect(shown[0]).toMatchObject({ options: { title: 'hash in', body: 'Completed' } });
  shown[0]!.emit('click');
  expect(onClick).toHaveBeenCalledTimes(1);
});

test('where the system has no notifications nothing happens', () => {
  isSupported = false;
  notify({ title: 'a', body: 'b' }, () => {});
  expect(shown).toEqual([]);
});
