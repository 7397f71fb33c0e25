import type { Key } from './t.ts';
import type { Text } from './text.ts';
import { actions } from './zh-cn/actions.ts';
import { around } from './zh-cn/around.ts';
import { board } from './zh-cn/board.ts';
import { charts } from './zh-cn/charts.ts';
import { compare } from './zh-cn/compare.ts';
import { details } from './zh-cn/details.ts';
import { errors } from './zh-cn/errors.ts';
import { keys } from './zh-cn/keys.ts';
import { log } from './zh-cn/log.ts';
import { newBatch } from './zh-cn/new-batch.ts';
import { options } from './zh-cn/options.ts';
import { panel } from './zh-cn/panel.ts';
import { presets } from './zh-cn/presets.ts';
import { results } from './zh-cn/results.ts';
import { sidebar } from './zh-cn/sidebar.ts';
import { states } from './zh-cn/states.ts';
import { table } from './zh-cn/table.ts';
import { timeline } from './zh-cn/timeline.ts';
import { window } from './zh-cn/window.ts';

export { engine } from './zh-cn/engine.ts';

/*
 * The window in Simplified Chinese. The words of the design, and theirs here:
 *
 *   batch            批次            state pending     等待中
 *   task             任务            state running     运行中
 *   attempt          尝试            state succeeded   成功
 *   task definition  任务定义        state failed      失败
 *   task file        任务文件        state canceled    已取消
 *   worker           工作进程        state skipped     已跳过
 *   chunk            分块            queued            排队中
 *   pool             进程池          paused            已暂停
 *   store            存储            closing           收尾中
 *   host             宿主            completed         已完成
 *   input            输入            interrupted       已中断
 *   result           结果            retry             重试
 *   output           输出            crash             崩溃
 *   row, line        行              timeout           超时
 *   preset           预设            timeline          时间线
 *   queue            队列            priority          优先级
 */
export const zhCn = {
  ...actions,
  ...around,
  ...board,
  ...charts,
  ...compare,
  ...details,
  ...errors,
  ...keys,
  ...log,
  ...newBatch,
  ...options,
  ...panel,
  ...presets,
  ...results,
  ...sidebar,
  ...states,
  ...table,
  ...timeline,
  ...window,
} as const satisfies Record<Key, Text>;
