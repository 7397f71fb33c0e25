export const states = {
  'task.state.pending': 'pending',
  'task.state.running': 'running',
  'task.state.succeeded': 'succeeded',
  'task.state.failed': 'failed',
  'task.state.canceled': 'canceled',
  'task.state.skipped': 'skipped',
  'task.timed-out': 'timed out',
  'task.crashed': 'crashed',

  'crashed.worker': 'worker {worker}',

  'retrying.word': 'attempt',
  'retrying.which': '{attempt} of {of}',
  'retrying.in': '{which}, in {wait}',
  'retrying.now': '{which}, waits',
  'retrying.seconds': '{seconds} s',
  'retrying.minutes': '{minutes} min',

  'how.memory': 'out of memory',
  'how.exit': 'exit status {status}',

  'outcome.ok': 'ok',
  'outcome.error': 'error',
  'outcome.timeout': 'timeout',
  'outcome.crash': 'crash',
  'outcome.canceled': 'canceled',

  'batch.state.queued': 'queued',
  'batch.state.running': 'running',
  'batch.state.paused': 'paused',
  'batch.state.closing': 'finishing …',
  'batch.state.completed': 'completed',
  'batch.state.canceled': 'canceled',
  'batch.state.interrupted': 'interrupted',
  'batch.stopped': 'stopped',
  'batch.halted': 'stopped early',
} as const;
