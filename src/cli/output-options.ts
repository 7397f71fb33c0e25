import { type Command, Option } from 'commander';
import type { Declaring } from './declaring.ts';
import { type FollowRequest, type ProgressKind, progressKinds } from './requests.ts';
import { exportTarget } from './run-options.ts';
import { oneOf, wholeNumber } from './values.ts';

/** The options that every command has which runs tasks; as typed. */
export interface OutputOptions {
  export?: string;
  ordered?: boolean;
  nice: number;
  progress: ProgressKind;
  dataDir: string;
}

const defaultNice = 10;

/** Declares `--export` and `--ordered`. `ordered`: what the latter does, in words. */
export function declareResults(command: Command, ordered: string): void {
  command
    .optionsGroup('Results:')
    .option('--export <FILE>', 'write all results to FILE (.csv .json .jsonl .parquet .xlsx .html)')
    .option('--ordered', ordered);
}

/** Declares `--nice`, in the group of the moment. */
export function declareNice(command: Command): void {
  command.addOption(
    new Option('--nice <N>', 'how far tasks give way to other programs: 0 (not at all) to 19')
      .argParser(wholeNumber('--nice', 0, 19))
      .default(defaultNice, String(defaultNice)),
  );
}

/** Declares `--progress` and `--data-dir`, in the group of the moment. */
export function declareProgress(command: Command, { dataDirOption }: Declaring): void {
  command
    .addOption(
      new Option('--progress <KIND>', 'auto, plain, json or none; see below')
        .argParser(oneOf('--progress', progressKinds))
        .default('auto', 'auto'),
    )
    .addOption(dataDirOption());
}

export function outputOf(options: OutputOptions, cwd: string): FollowRequest {
  const { ordered = false, nice, progress, dataDir } = options;
  const exportTo = options.export === undefined ? null : exportTarget(options.export, cwd);
  return { exportTo, ordered, nice, progress, dataDir };
}
