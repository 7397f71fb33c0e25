export const priority = {
  'priority.title': '优先级',
  'priority.high': '高',
  'priority.normal': '普通',
  'priority.low': '低',
  'priority.word.high': '高优先级',
  'priority.word.low': '低优先级',
  'priority.tip': '优先级较高的批次先得到工作进程',
};
