import type { Option } from 'commander';
import type { InputSource } from '../shared/inputs.ts';
import type { Request } from './requests.ts';

/** What the declaration of each command needs. */
export interface Declaring {
  cwd: string;
  dataDirOption: () => Option;
  /** Inputs that were given with `:::`. */
  combined: InputSource | null;
  /** Called once, with what the command line asks for. */
  ask: (request: Request) => void;
}
