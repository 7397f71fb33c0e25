export const given = {
  'given.title': '与之前相同',
  'given.of': '{name} 的 {count} 个输入',
};
