import { beforeEach, expect, test, vi } from 'vitest';
import { type DefinitionDescription, noParams } from '../../shared/definition.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { addPaths, submit, useDraft } from './draft-state.ts';
import { useUploads } from './uploads.ts';

const { send } = vi.hoisted(() => ({ send: vi.fn() }));
vi.mock('../connection.ts', () => {
  const unanswered = () => new Promise(() => {});
  return {
    client: {
      batches: { submit: send },
      inputs: { preview: unanswered },
      definitions: { describe: unanswered },
    },
  };
});
vi.mock('../state/place.ts', () => ({ go: vi.fn() }));

const description = {
  definition: { kind: 'builtin', name: 'hash' },
  name: 'hash',
  params: noParams,
} satisfies DefinitionDescription;
const answered = { count: 1, complete: true, bytes: null, first: [], warnings: [] };
const whole: Draft = { ...emptyDraft, paths: ['/a'], builtin: 'hash' };
const hold = (more: Partial<Draft> = {}) =>
  useDraft.setState({
    draft: { ...whole, ...more },
    preview: { state: 'answered', answer: answered },
    description: { state: 'answered', answer: description },
  });

beforeEach(() => {
  send.mockReset();
  send.mockResolvedValue({ id: 1 });
  useUploads.setState({ progress: null });
  hold();
});

test('a whole draft is sent once', async () => {
  await Promise.all([submit(), submit()]);
  expect(send).toHaveBeenCalledTimes(1);
});

test('what the button refuses is not sent by a key either', async () => {
  hold({ options: { ...emptyDraft.options, retries: 'many' } });
  await submit();
  hold();
  useUploads.setState({ progress: { files: 2, filesDone: 1, bytes: 2, bytesDone: 1 } });
  await submit();
  hold();
  useUploads.setState({ progress: null });
  useDraft.setState({ preview: { state: 'asking', before: null } });
  await submit();
  expect(send).not.toHaveBeenCalled();
});

test('files that are dropped while a batch is sent stay for the next one', async () => {
  let answer: (batch: { id: number }) => void = () => {};
  send.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  const sent = submit();
  addPaths(['/late']);
  answer({ id: 1 });
  await sent;
  expect(useDraft.getState().draft).toMatchObject({ paths: ['/late'], builtin: 'hash' });
});
