/** Why the system refused, in words that go on after a colon; its own code follows in brackets. */
export function explain(error: unknown, what: 'link' | 'path' = 'path'): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words = code === 'ENOENT' && what === 'link' ? 'it leads to nothing' : reasons[code ?? ''];
  if (words) return `${words} (${code})`;
  return code ? `the system says ${code}` : String(message ?? error);
}

const reasons: Record<string, string> = {
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ENOENT: 'it is gone',
  ENOTDIR: 'a part of its path is a file',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'too many files are open',
  EIO: 'the disk cannot read it',
  ENODEV: 'its drive is gone',
  EISDIR: 'it is a folder',
};
