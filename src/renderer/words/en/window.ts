export const window = {
  'app.name': 'Poolboard',
  'app.title': '{name} – Poolboard',
  'app.title-running': '{percent} {name} – Poolboard',

  'time.now': 'just now',

  'connection.lost': 'The connection to Poolboard is lost. What you see is as it was before.',
  'connection.refused':
    'Poolboard was started anew. Open the address that it printed, for this window is no longer known to it.',
  'connection.next-try': { one: 'Trying again in {count} s.', other: 'Trying again in {count} s.' },
  'connection.trying': 'Trying again.',
  'connection.try-now': 'Try now',
  'connection.call-failed': 'Poolboard does not answer, so this was not done. Try it again once it is back.',

  'boundary.failed': 'This part of the window failed: {message}',
  'boundary.reload': 'Reload the window',

  'toast.region': 'Messages',
  'toast.dismiss': 'Dismiss',
  'toast.unknown-error': 'Something went wrong, and there is no word of what. Try it again.',

  'copy.done': 'Copied',
  'copy.failed': 'The clipboard did not take the text. Select it and copy it by hand.',

  'count.failed': { one: '{count} failed', other: '{count} failed' },
  'count.plain': { one: '{count}', other: '{count}' },

  'theme.title': 'Theme',
  'theme.system': 'As the system is',
  'theme.light': 'Light',
  'theme.dark': 'Dark',

  'language.title': 'Language',

  'dialog.close': 'Close',

  'announce.state': '{name} is {state}.',
  'announce.goes-on': '{name} goes on.',
  'announce.progress': '{name}: {percent} done, {failed}.',
  'announce.ended': '{name} is {state}: {percent} done, {failed}.',
} as const;
