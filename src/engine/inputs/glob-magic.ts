/** Whether a path, or a part of one, holds what makes it a pattern rather than a name. */
export const hasMagic = (path: string): boolean => /[*?[\]{}]|[!+@]\(/.test(path);
