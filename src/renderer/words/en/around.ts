export const around = {
  'inputs.watch': 'Watch a folder',

  'watch.folder': 'Folder to watch',
  'watch.folder-hint': 'or type or drop the path of a folder',
  'watch.folder-hint-web': 'the path of a folder on the machine that Poolboard runs on',
  'watch.pattern': 'Only',
  'watch.pattern-all': 'all files',
  'watch.existing': 'Take the files too that are there already',
  'watch.hint':
    'Each new file becomes a task once it is complete, until you finish the batch. A file whose content changes is taken again; the same content under another name is another file.',
  'watch.taken': 'there now; they are taken first',
  'watch.not-taken': 'there now; only new ones are taken',

  'run.watch': 'Start watching',

  'reason.no-watch': 'Give it a folder to watch.',

  'source.watch': 'New files of',
  'source.watch-pattern': 'that match {pattern}',

  'drop.as-watch': 'Drop a folder to watch it',

  'empty.watching': 'Poolboard watches {folder}. Each new complete file becomes a task here.',

  'when-done.label': 'When all are done',
  'when-done.nothing': 'do nothing',
  'when-done.notify': 'notify me',
  'when-done.quit': 'quit',
  'when-done.sleep': 'sleep',
  'when-done.shut-down': 'shut down',
  'when-done.title': 'All batches have ended',
  'when-done.does.nothing': 'Nothing will be done',
  'when-done.does.notify': 'You will be notified',
  'when-done.does.quit': 'Poolboard will quit',
  'when-done.does.sleep': 'This machine will go to sleep',
  'when-done.does.shut-down': 'This machine will be shut down',
  'when-done.in': { one: 'in {count} s.', other: 'in {count} s.' },
  'when-done.alert': 'All batches have ended. {does} in a minute. Press Escape to stop that.',
  'when-done.stop': 'Stop',
  'when-done.now.nothing': 'Now',
  'when-done.now.notify': 'Notify now',
  'when-done.now.quit': 'Quit now',
  'when-done.now.sleep': 'Sleep now',
  'when-done.now.shut-down': 'Shut down now',
  'when-done.failed': 'It did not work: {action}. {message}',

  'notices.ask': 'Notify me when a batch ends and I am elsewhere',
  'notices.denied':
    'This browser shows no notifications of Poolboard; its settings for this page can allow them',
  'notices.waits': '{name} waits',
  'notices.stopped': 'Stopped: {message}',
  'notices.ended': '{state} after {took}: {succeeded} succeeded, {failed} failed',
  'notices.countdown': '{does} in a minute. Open this window to stop that.',
  'notices.all-done': {
    one: 'The batch has ended, {failed}.',
    other: 'All {count} batches have ended, {failed}.',
  },
} as const;
