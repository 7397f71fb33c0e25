export const errors = {
  'errors.title': 'Groups of failed tasks',
  'errors.groups': { one: '{count} error', other: '{count} errors' },
  'errors.failed': { one: '{count} failed task', other: '{count} failed tasks' },
  'errors.tasks': { one: '{count} task', other: '{count} tasks' },
  'errors.summary': '{groups} in {tasks}',
  'errors.more': 'And {groups} more, in {tasks}. Export the failed tasks to see them.',
  'errors.show': { one: 'Show {count} task', other: 'Show {count} tasks' },
  'errors.retry': { one: 'Retry {count}', other: 'Retry {count}' },
  'errors.copy': 'Copy as Markdown',
  'errors.copy-all': 'Copy all as Markdown',
  'errors.copied': { one: '{count} error is copied.', other: '{count} errors are copied.' },
  'errors.example': 'Example: task {index}',
  'errors.recovered': {
    one: '{count} attempt tried again, {recovered} with success',
    other: '{count} attempts tried again, {recovered} with success',
  },
  'errors.recovered-tip':
    'Attempts that ended so and were followed by another one, and the share of them whose task then succeeded',
  'errors.none': 'No task of this batch has failed.',
  'errors.none-so-far': 'No task has failed so far. Failed tasks are grouped here by what went wrong.',
  'errors.filter-unknown': 'One error',
  'errors.filter-clear': 'Show all failed tasks',
} as const;
