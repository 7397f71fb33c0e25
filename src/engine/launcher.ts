import type { FromWorker, ToWorker } from '../shared/wire.ts';

/**
 * The one seam between the engine and the operating system's processes. The Electron app launches workers with
 * `utilityProcess`, the web host and the command line with `child_process`; the engine does not know which.
 */
export interface Launcher {
  launch(options: LaunchOptions): WorkerProcess;
}

export interface LaunchOptions {
  /** Unique among the workers of this program, for process lists and for matching crash reports. */
  name: string;
  /** Limit of the heap, MB. Default: the runtime's own. */
  heapMb?: number;
  /** Added to the priority of the process and its children, 0 to 19: 19 gives way to everything. Default: 0. */
  nice?: number;
}

export interface WorkerProcess {
  /** Undefined until the process has started. */
  readonly pid: number | undefined;
  /** Never throws; a message to a process that is gone is dropped. */
  post(message: ToWorker): void;
  onMessage(listener: (message: FromWorker) => void): void;
  /** What the process itself prints (not what its tasks print): runtime errors, native code. */
  onOutput(listener: (stream: 'stdout' | 'stderr', text: string) => void): void;
  /** Called once, also where the process could not be started. No message comes after it. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends the process and its descendants: SIGTERM, or SIGKILL where `force`. Never throws. */
  kill(force: boolean): void;
}

export interface WorkerExit {
  code: number | null;
  signal: string | null;
  /** The platform's word for it, for example `oom` or `launch-failed`, or the error of a failed start. */
  reason?: string;
}
