import { create } from 'zustand';
import type { BatchSpecInput } from '../../shared/batch.ts';
import type { DefinitionDescription, TaskDefinition } from '../../shared/definition.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { InputPreview, InputSource } from '../../shared/inputs.ts';
import { client } from '../connection.ts';
import { takeChangedBatches } from '../state/batches.ts';
import { useHost } from '../state/host.ts';
import { go } from '../state/place.ts';
import { type Asked, createAsker, infoOf } from './asked.ts';
import { type Part, partOf } from './blame.ts';
import { type Draft, definitionKey, definitionOf, emptyDraft, type ParamTexts, sourceOf } from './draft.ts';
import { readParams } from './fields.ts';
import { readOptions } from './option-texts.ts';
import { type Readiness, readiness } from './readiness.ts';
import { useUploads } from './uploads.ts';
import { withoutSent } from './without-sent.ts';

interface DraftState {
  draft: Draft;
  preview: Asked<InputPreview>;
  description: Asked<DefinitionDescription>;
  /** Why the host did not take the batch, and the part that this is about. */
  refusal: { part: Part; error: ErrorInfo } | null;
  submitting: boolean;
  /** A file that was dropped alone and taken for something, so that one can say what it was meant as. */
  guess: { path: string; as: 'task' | 'rows' | 'lines' } | null;
}

export const useDraft = create<DraftState>(() => ({
  draft: emptyDraft,
  preview: { state: 'nothing' },
  description: { state: 'nothing' },
  refusal: null,
  submitting: false,
  guess: null,
}));

const { getState: get, setState: set } = useDraft;

const askPreview = createAsker<InputSource, InputPreview>(
  (source) => client.inputs.preview(source),
  (preview) => set({ preview }),
);
const askDescription = createAsker<TaskDefinition, DefinitionDescription>(
  async (definition) =>
    useHost
      .getState()
      .builtins.find(({ definition: known }) => definitionKey(known) === definitionKey(definition)) ??
    (await client.definitions.describe(definition)),
  (description) => set({ description }),
);

let askedSource = 'null';
let askedDefinition = 'null';

/** Changes the draft. What depends on the host is asked again, after a pause where it is being typed. */
export function edit(change: Partial<Draft>, typing = false): void {
  const draft = { ...get().draft, ...change };
  set({ draft, refusal: null });
  const source = sourceOf(draft);
  const definition = definitionOf(draft);
  const delayMs = typing ? 250 : 0;
  if (JSON.stringify(source) !== askedSource) {
    askedSource = JSON.stringify(source);
    askPreview(source, delayMs);
  }
  if (JSON.stringify(definition) !== askedDefinition) {
    askedDefinition = JSON.stringify(definition);
    askDescription(definition, delayMs);
  }
}

/** Asks the host again about what it could not read, for files may have been mended since. */
export function checkAgain(): void {
  const { draft, preview, description } = get();
  if (preview.state === 'refused') askPreview(sourceOf(draft), 0);
  if (description.state === 'refused') askDescription(definitionOf(draft), 0);
}

/** Asks the host again about all of the draft: what it names may be another by now. */
export function lookAgain(): void {
  const { draft } = get();
  askPreview(sourceOf(draft), 0);
  askDescription(definitionOf(draft), 0);
}

export function addPaths(paths: readonly string[]): void {
  const { draft } = get();
  const added = paths.filter((path) => path !== '' && !draft.paths.includes(path));
  edit({ inputs: 'files', paths: [...draft.paths, ...new Set(added)] });
}

export const removePath = (path: string): void =>
  edit({ paths: get().draft.paths.filter((other) => other !== path) });

/** Moves the path that is being typed into the list. */
export function keepTypedPath(): void {
  const typed = get().draft.typedPath.trim();
  if (typed === '') return;
  addPaths([typed]);
  edit({ typedPath: '' });
}

export function setParam(name: string, text: string | boolean): void {
  const { draft } = get();
  const definition = definitionOf(draft);
  if (!definition) return;
  const key = definitionKey(definition);
  edit({ params: { ...draft.params, [key]: { ...draft.params[key], [name]: text } } });
}

/** Values of the chosen definition's parameters, as they were typed. */
export function paramTexts(draft: Draft): ParamTexts {
  const definition = definitionOf(draft);
  return (definition && draft.params[definitionKey(definition)]) ?? {};
}

/** Whether the draft can be run as all of it is now. */
function readinessNow(): Readiness {
  const windows = useHost.getState().info?.platform === 'win32';
  return readiness({ ...get(), windows, uploading: useUploads.getState().progress !== null });
}

/**
 * Sends the batch, where nothing keeps it from being run. What the host refuses stays as it is, with the reason by
 * its part.
 */
export async function submit(): Promise<void> {
  const { draft, description, submitting, guess } = get();
  // A key comes here too, which the big button cannot keep from it.
  if (readinessNow().reason !== null) return;
  const inputs = sourceOf(draft);
  const definition = definitionOf(draft);
  if (submitting || !inputs || !definition || description.state !== 'answered') return;
  const name = draft.name.trim();
  const spec: BatchSpecInput = {
    ...(name === '' ? {} : { name }),
    definition,
    params: readParams(description.answer.params, paramTexts(draft)).values,
    inputs,
    options: { ...readOptions(draft.options).values, ...(draft.queued ? { queued: true } : {}) },
  };
  set({ submitting: true, refusal: null });
  try {
    await start(spec);
    edit(withoutSent(get().draft, draft));
    if (get().guess === guess) set({ guess: null });
  } catch (error) {
    const info = infoOf(error);
    // The file was changed since it was looked at: it is to be looked at again.
    if (info.code === 'NOT_TRUSTED') askDescription(definition, 0);
    else set({ refusal: { part: partOf(info, draft), error: info } });
  } finally {
    set({ submitting: false });
  }
}

/** Sends a batch and shows its board. Throws the host's refusal. */
export async function start(spec: BatchSpecInput): Promise<void> {
  const batch = await client.batches.submit(spec);
  takeChangedBatches([batch]);
  go({ screen: 'batch', batch: batch.id, tab: 'tasks' });
}
