import { describe, expect, test } from 'vitest';
import { commandOf, type KeyPlace } from './keys.ts';

const press = (key: string, place: KeyPlace = 'elsewhere', more = {}) =>
  commandOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more }, place);

test('letters mean the same with and without Shift', () => {
  expect(press('n')).toEqual({ do: 'new' });
  expect(press('N')).toEqual({ do: 'new' });
  expect(press('?')).toEqual({ do: 'help' });
});

describe('in a field for text', () => {
  test('all keys are the field’s own, but Esc', () => {
    for (const key of ['n', '/', 'j', '1', 'ArrowDown', 'Enter', 'Home'])
      expect(press(key, 'text')).toBeNull();
    expect(press('Escape', 'text')).toEqual({ do: 'back' });
  });
});

describe('on a button', () => {
  test('Enter and the arrows are the button’s own; letters still work', () => {
    for (const key of ['Enter', 'ArrowDown', 'Home', 'PageDown']) expect(press(key, 'control')).toBeNull();
    expect(press('j', 'control')).toEqual({ do: 'move', by: 1 });
    expect(press('2', 'control')).toEqual({ do: 'tab', number: 2 });
  });
});

test('in the table the arrows walk through it', () => {
  expect(press('ArrowUp', 'grid')).toEqual({ do: 'move', by: -1 });
  expect(press('End', 'grid')).toEqual({ do: 'move', by: 'end' });
  expect(press('Enter', 'grid')).toEqual({ do: 'open' });
});

test('with Shift the arrows take what they pass; Space takes one, Ctrl A all', () => {
  expect(press('ArrowDown', 'grid', { shiftKey: true })).toEqual({ do: 'extend', by: 1 });
  expect(press('Home', 'grid', { shiftKey: true })).toEqual({ do: 'extend', by: 'start' });
  expect(press('Enter', 'grid', { shiftKey: true })).toEqual({ do: 'open' });
  expect(press(' ', 'grid')).toEqual({ do: 'mark' });
  expect(press('a', 'grid', { ctrlKey: true })).toEqual({ do: 'mark-all' });
  expect(press('a', 'control', { ctrlKey: true })).toBeNull();
  expect(press(' ', 'control')).toBeNull();
});

test('what was deleted is brought back by Ctrl Z, but where one types', () => {
  expect(press('Delete', 'control')).toEqual({ do: 'delete' });
  expect(press('z', 'elsewhere', { metaKey: true })).toEqual({ do: 'undo' });
  expect(press('z', 'text', { ctrlKey: true })).toBeNull();
  expect(press('Delete', 'text')).toBeNull();
});

test('the palette opens wherever one is, also where one types', () => {
  expect(press('k', 'text', { ctrlKey: true })).toEqual({ do: 'palette' });
  expect(press('K', 'elsewhere', { metaKey: true })).toEqual({ do: 'palette' });
  expect(press('k', 'text')).toBeNull();
});

test('keys with Ctrl, Cmd or Alt are the system’s', () => {
  expect(press('n', 'elsewhere', { ctrlKey: true })).toBeNull();
  expect(press('p', 'elsewhere', { metaKey: true })).toBeNull();
  expect(press('1', 'elsewhere', { altKey: true })).toBeNull();
});
