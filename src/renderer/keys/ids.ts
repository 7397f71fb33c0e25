/** Ids by which keys find what they act on. */
export const searchId = 'search-tasks';
export const exportId = 'export-menu';
export const gridId = 'task-grid';
export const timelineId = 'timeline';
export const historySearchId = 'search-history';
