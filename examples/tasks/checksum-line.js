import { createHash } from 'node:crypto';

export const meta = {
  summary: 'The checksum of a line of text.',
  params: { algorithm: ['sha256', 'sha1', 'md5'] },
};

export default (line, ctx) => createHash(ctx.params.algorithm).update(line).digest('hex');
