import { actions } from './en/actions.ts';
import { around } from './en/around.ts';
import { board } from './en/board.ts';
import { charts } from './en/charts.ts';
import { compare } from './en/compare.ts';
import { details } from './en/details.ts';
import { errors } from './en/errors.ts';
import { keys } from './en/keys.ts';
import { log } from './en/log.ts';
import { newBatch } from './en/new-batch.ts';
import { options } from './en/options.ts';
import { panel } from './en/panel.ts';
import { presets } from './en/presets.ts';
import { results } from './en/results.ts';
import { sidebar } from './en/sidebar.ts';
import { states } from './en/states.ts';
import { table } from './en/table.ts';
import { timeline } from './en/timeline.ts';
import { window } from './en/window.ts';

/**
 * Every text of the window, in English, in a file for each part of it. `{name}` stands for a value; `{count}` also chooses the plural form
 * where there is more than one.
 */
export const en = {
  ...actions,
  ...around,
  ...board,
  ...charts,
  ...compare,
  ...details,
  ...errors,
  ...keys,
  ...log,
  ...newBatch,
  ...options,
  ...panel,
  ...presets,
  ...results,
  ...sidebar,
  ...states,
  ...table,
  ...timeline,
  ...window,
} as const;
