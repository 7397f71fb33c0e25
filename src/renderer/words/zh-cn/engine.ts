/**
 * Sentences that are made outside of the window, in English: errors, notices, and what the built-in tasks say of
 * themselves. `{}` stands for a value, `{1}` for the first of them. What is not here is shown as it came.
 */
export const engine: Readonly<Record<string, string>> = {
  'There is no batch {}.': '没有批次 {1}。',
  'There is no task {} in batch {}.': '批次 {2} 中没有任务 {1}。',
  'Batch {} ({}) cannot be {}: {}.': '批次 {1}（{2}）无法执行此操作：{4}。',
  'Batch {} ({}) cannot be started again: {}.': '批次 {1}（{2}）无法重新开始：{3}。',
  'Batch {} ({}) is being started already.': '批次 {1}（{2}）已在启动中。',
  'Batch {} ({}) still runs: cancel it first.': '批次 {1}（{2}）仍在运行：请先取消。',
  'Batch {} ({}) does not wait for its turn: it is {}.': '批次 {1}（{2}）不在排队：{3}。',
  'Batch {} is the same as itself: choose another one.': '批次 {1} 不能与自身比较：请选择另一个。',
  'Batch {} has no such group of failures any more.': '批次 {1} 中已没有这一组失败。',
  'Another program goes on with batch {} ({}) already.': '另一个程序已在继续批次 {1}（{2}）。',
  'The inputs were changed since the batch started: input {} was {} and is {} now. Run the rest as a new batch.':
    '批次开始后输入有变：输入 {1} 原为 {2}，现为 {3}。请将剩余部分作为新批次运行。',
  'The {} inputs of {} are too many to be listed again: export them, and give that file as rows.':
    '{2} 的 {1} 个输入太多，无法再次列出：请先导出，再将该文件作为行输入。',
  'The batch was canceled before it started.': '批次在开始前已被取消。',
  'What is written would go into the watched folder {} and become an input again: choose another output folder; one in it will do.':
    '写出的文件会进入被监视的文件夹 {1}，再次成为输入：请选择其他输出文件夹，也可以是其中的子文件夹。',
  '{} was not written: the export stopped.': '未写出 {1}：导出已停止。',
  'The export was canceled.': '导出已取消。',
  '{} is a folder. Give the name of a file for the export.': '{1} 是文件夹。请为导出指定文件名。',
  'A sheet of Excel holds {} columns, and these are {}.': 'Excel 工作表最多 {1} 列，而这里有 {2} 列。',
  'A sheet of Excel holds {} rows, and these are {}. Export fewer of them with a filter, or all as Parquet or CSV.':
    'Excel 工作表最多 {1} 行，而这里有 {2} 行。请用筛选减少导出的行，或全部导出为 Parquet 或 CSV。',
  'This host has no file dialogs: upload the files instead.': '此宿主没有文件对话框：请改为上传文件。',
  '{} is a program, and is not started from here. Show it in its folder instead.':
    '{1} 是程序，不从这里启动。可在文件夹中显示它。',
  'This host opens nothing outside of its window. Copy the path instead.':
    '此宿主不在窗口之外打开内容。请改为复制路径。',
  '{} was changed meanwhile: look at it again.': '{1} 在此期间有改动：请再看一遍。',
  '{} has not run here before: look at it, then allow it.': '{1} 尚未在这里运行过：请先查看，再允许。',
  'A source after the first one has more than {} inputs, too many to combine: put the largest source first.':
    '第一个之后的某个来源有超过 {1} 个输入，太多而无法组合：请将最大的来源放在最前。',
  '{} has {} fields from line {} on, and its header names {}: correct the header, or split the file there.':
    '{1} 从第 {3} 行起有 {2} 个字段，而表头有 {4} 个：请更正表头，或从该处拆分文件。',
  'The encoding {} is not known: use utf-8, utf-16le, windows-1252 or another name that browsers know.':
    '未知的编码 {1}：请使用 utf-8、utf-16le、windows-1252 或浏览器认得的其他名称。',
  '{}: the element that begins in line {} is not JSON ({}).': '{1}：从第 {2} 行开始的元素不是 JSON（{3}）。',
  '{} holds one object and no array of rows: put the rows into [ ], or one a line into a .jsonl file.':
    '{1} 中是一个对象，而不是行的数组：请将各行放入 [ ]，或每行一个存为 .jsonl 文件。',
  'Line {} of {} is longer than {} characters: split it, or give the file itself as the input.':
    '{2} 的第 {1} 行超过 {3} 个字符：请拆分，或将文件本身作为输入。',
  'The list of inputs is empty: add values.': '输入列表为空：请添加值。',
  '{} is no Parquet file that can be read, or was cut off ({}): copy or download it again.':
    '{1} 不是可读的 Parquet 文件，或不完整（{2}）：请重新复制或下载。',
  'The range from {} to {} in steps of {} holds no numbers: {}.':
    '从 {1} 到 {2}、步长 {3} 的区间中没有数：{4}。',
  '{} is a folder: name the file whose rows are the inputs.': '{1} 是文件夹：请指定以其行作为输入的文件。',
  'There is no file {}: check its name.': '没有文件 {1}：请检查文件名。',
  '{} cannot be read: {}.': '无法读取 {1}：{2}。',
  '{} holds no rows: it is empty.': '{1} 中没有行：它是空的。',
  'The folder {} cannot be watched: {}.': '无法监视文件夹 {1}：{2}。',
  '{} is a file: choose a folder to watch.': '{1} 是文件：请选择要监视的文件夹。',
  '{} is no Excel workbook that can be read, or was cut off ({}): save it again as .xlsx.':
    '{1} 不是可读的 Excel 工作簿，或不完整（{2}）：请重新保存为 .xlsx。',
  '{} is an old workbook (.xls) or has a password: save it as .xlsx without one.':
    '{1} 是旧格式的工作簿（.xls）或设有密码：请另存为不带密码的 .xlsx。',
  '{} has no sheet "{}"; it has {}.': '{1} 中没有工作表“{2}”；其中有 {3}。',
  '{}, where inputs of this batch are, is not there any more, so the batch waits: connect the drive again, or put the folder back, and it goes on by itself. Or resume it to go on without.':
    '此批次的输入所在的 {1} 已不存在，批次因此等待：重新连接驱动器或放回文件夹后，它会自行继续。也可以不等它而继续。',
  'The load of this machine is {}, above the limit of {}: no task is started until it falls.':
    '此机器的负载为 {1}，超过上限 {2}：降下来之前不启动任务。',
  'This machine has {} of memory available, less than the limit of {}: no task is started until more is free.':
    '此机器可用内存为 {1}，低于下限 {2}：有更多空闲之前不启动任务。',
  '{} did not finish loading in {} seconds: move what takes so long or never ends into the function.':
    '{1} 在 {2} 秒内没有完成加载：请将耗时过长或永不结束的部分移入函数中。',
  'A worker could not start: {}.{}': '工作进程无法启动：{1}。{2}',
  'The worker process ended while it ran this task: {}.': '工作进程在运行此任务时结束：{1}。',
  'The worker process ran out of memory while it ran this task ({}).':
    '工作进程在运行此任务时内存不足（{1}）。',
  'The task ended its process with exit status {}.': '任务以退出状态 {1} 结束了它的进程。',
  'The task was canceled.': '任务已取消。',
  'The worker process gave no sign of life and used no processor for {} while it ran this task.':
    '工作进程在运行此任务时有 {1} 没有动静，也没有使用处理器。',
  '{} holds no presets that can be used: {}. Choose a file that Poolboard has saved.':
    '{1} 中没有可用的预设：{2}。请选择由 Poolboard 保存的文件。',
  'There is no preset {}.': '没有预设 {1}。',
  'There is a preset {} already: choose another name.': '已有预设 {1}：请选择其他名称。',
  'There is no column {}.': '没有列 {1}。',
  '{} is not an image that can be shown.': '{1} 不是可显示的图片。',
  'This is not the path of a file.': '这不是文件的路径。',
  'This is not an address that a browser opens.': '这不是浏览器能打开的地址。',
  'There is no file {} (any more).': '没有文件 {1}（或已不存在）。',
  '{} holds as many batches as it can.': '{1} 已容纳不下更多批次。',
  'The store {} is closed.': '存储 {1} 已关闭。',
  'The store {} stopped: {}.': '存储 {1} 已停止：{2}。',
  'There is no built-in task {}; there are {}.': '没有内置任务 {1}；有 {2}。',
  '{}: the quote that opens in line {} is never closed; close it, or double it where it is meant as a character.':
    '{1}：第 {2} 行的引号没有闭合；请闭合，若它是普通字符请写两个。',
  'The command uses {out}, but no output folder is set: choose one.':
    '命令使用了 {out}，但没有设置输出文件夹：请选择。',
  'The command is empty: write a program and {}.': '命令为空：请写一个程序和 {1}。',
  'The upload of {} was cut off; nothing of it was kept.': '{1} 的上传中断；没有保留任何内容。',
  'There is no folder {} to run the command in.': '没有用来运行命令的文件夹 {1}。',
  'The output folder {} cannot be made ({}). Choose another one.':
    '无法创建输出文件夹 {1}（{2}）。请选择另一个文件夹。',
  '{} is not executable{}.': '{1} 不可执行{2}。',
  'The task returned a value that cannot be stored: {}. Return plain data.':
    '任务返回了无法保存的值：{1}。请返回普通数据。',
  '{} threw while it was loaded{}: {}': '{1} 在加载时抛出错误{2}：{3}',
  '{} has no default export. {}': '{1} 没有默认导出。{2}',
  '{} is a folder: choose a function file in it.': '{1} 是文件夹：请选择其中的函数文件。',
  'There is no task file {}.': '没有任务文件 {1}。',
  '{} does not end with {}: set the parameter name for files like that.':
    '{1} 不以 {2} 结尾：请为这类文件设置参数 name。',
  'The parameter pattern is no regular expression: {}.': '参数 pattern 不是正则表达式：{1}。',
  '{} exists: choose another folder or name, or set ifExists to skip or overwrite.':
    '{1} 已存在：请选择其他文件夹或名称，或将 ifExists 设为 skip 或 overwrite。',
  '{} is no picture that can be read ({}).': '{1} 不是可读的图片（{2}）。',
  '{} works on files, and its input is {}: give files or folders.':
    '{1} 处理文件，而输入是 {2}：请提供文件或文件夹。',
  '{} works on numbers, and its input is {}: give a range or a list of numbers.':
    '{1} 处理数字，而输入是 {2}：请提供数字区间或列表。',
  '{} did not answer in full within {} s.': '{1} 在 {2} 秒内没有完整响应。',

  'There is no file or folder {}: {}.{}': '没有文件或文件夹 {1}：{2}。{3}',
  '{} has nothing named {}': '{1} 中没有名为 {2} 的内容',
  'The link {} leads to nothing.': '链接 {1} 没有指向任何内容。',
  'The pattern {} starts in {}. {}': '通配符 {1} 从 {2} 开始。{3}',
  'Passed over {}: it is {}, not a file.': '已跳过 {1}：它是 {2}，不是文件。',
  'Passed over the folder {}: {}.': '已跳过文件夹 {1}：{2}。',
  'Passed over {}: {}.': '已跳过 {1}：{2}。',
  'Passed over {}{}: its name is not valid UTF-8; rename it.':
    '已跳过 {1}{2}：名称不是有效的 UTF-8，请重命名。',
  'Passed over the link {}: it leads to {}, whose files are taken already.':
    '已跳过链接 {1}：它指向 {2}，其中的文件已经包括在内。',
  'The sources differ in length: stopped after {} inputs, where source {} ended.':
    '各来源长度不同：在 {1} 个输入后停止，此处来源 {2} 已结束。',
  '{} has several columns named {}; column {} is taken as {}.': '{1} 中有多列名为 {2}；第 {3} 列改称 {4}。',
  '{}, line {}: text follows a closing quote; look at its quotes.':
    '{1}，第 {2} 行：闭合引号后还有文字；请检查引号。',
  '{}, line {}: {} of {}; the others are null.': '{1}，第 {2} 行：{4} 中的 {3}；其余为 null。',
  'it leads to nothing': '它没有指向任何内容',
  'you may not read it': '没有读取权限',
  'it is gone': '它已不存在',
  'a part of its path is a file': '路径中有一段是文件',
  'its links lead in a circle': '链接形成循环',
  'its path is too long': '路径太长',
  'too many files are open': '打开的文件太多',
  'the disk cannot read it': '磁盘无法读取',
  'its drive is gone': '驱动器已不存在',
  'it is a folder': '它是文件夹',
  'there is no such file': '没有这个文件',
  'it cannot be read ({})': '无法读取（{1}）',
  'the system says {}': '系统提示 {1}',
  '{} ({})': '{1}（{2}）',
  '{}: {}.': '{1}：{2}。',

  'Computes the checksum of a file.': '计算文件的校验和。',
  'Counts the lines, words, characters and bytes of a text file, as wc does.':
    '统计文本文件的行数、词数、字符数和字节数，与 wc 相同。',
  'Requests a URL and tells its status, time, size, final address and title.':
    '请求一个网址，给出状态、用时、大小、最终地址和标题。',
  'Resizes and converts pictures.': '缩放和转换图片。',
  'Compresses a file with gzip.': '用 gzip 压缩文件。',
  'Unpacks a gzip file.': '解压 gzip 文件。',
  'Compresses a file with Zstandard, or unpacks one.': '用 Zstandard 压缩或解压文件。',
  'Describes the columns of a CSV file: types, empty fields, least, greatest, mean, distinct values.':
    '描述 CSV 文件的各列：类型、空字段、最小、最大、平均、不同值。',
  'Finds the lines of a file that hold a text or match a pattern.': '查找文件中含有某文本或匹配某模式的行。',
  'Copies files under new names.': '以新名称复制文件。',
  'Waits, to try the pool with: as many seconds as its input says, or the parameter.':
    '等待，用于试用进程池：按输入或参数给出的秒数。',
  'Counts the primes below its input, to try the pool with real work.':
    '统计小于输入的素数个数，用真实的计算试用进程池。',
  Algorithm: '算法',
  'blake2b is BLAKE2b with 512 bits, as b2sum computes it.':
    'blake2b 为 512 位的 BLAKE2b，与 b2sum 的计算相同。',
  Method: '方法',
  'HEAD asks for no body, so there is no title.': 'HEAD 不请求正文，因此没有标题。',
  Timeout: '超时',
  'Seconds until the whole answer must be there.': '必须收到完整响应的秒数。',
  'Requests per host': '每个主机的请求数',
  'Requests a second that each worker sends to one host at most; 0 for no limit.':
    '每个工作进程每秒对同一主机最多发出的请求数；0 表示不限。',
  Width: '宽度',
  Height: '高度',
  'Pixels at most.': '最大像素数。',
  Fit: '适应方式',
  'inside: whole and undistorted; cover: fills width and height and is cut; contain: whole, with borders; fill: distorted.':
    'inside：完整且不变形；cover：填满宽高并裁剪；contain：完整，带边框；fill：拉伸变形。',
  Format: '格式',
  'same: as the picture itself.': 'same：与原图相同。',
  Quality: '质量',
  'For JPEG, WebP and AVIF.': '用于 JPEG、WebP 和 AVIF。',
  Enlarge: '放大',
  'Make smaller pictures as large as that.': '将较小的图片放大到该尺寸。',
  'Keep metadata': '保留元数据',
  'Camera, place, date and colour profile; left out otherwise.': '相机、地点、日期和色彩配置；否则不保留。',
  Level: '级别',
  '1 is fastest, 9 smallest.': '1 最快，9 最小。',
  '1 is fastest, 19 smallest.': '1 最快，19 最小。',
  Unpack: '解压',
  'Unpack instead.': '改为解压。',
  Delimiter: '分隔符',
  'Told from the file where empty.': '留空则由文件判断。',
  Header: '表头',
  'The first row names the columns.': '第一行是列名。',
  Encoding: '编码',
  'UTF-8 where empty; a byte order mark decides.': '留空为 UTF-8；有字节顺序标记时以其为准。',
  Text: '文本',
  'Regular expression': '正则表达式',
  'The text is a JavaScript regular expression.': '文本为 JavaScript 正则表达式。',
  'Ignore case': '忽略大小写',
  Lines: '行数',
  'Lines of a file that are listed at most; all are counted.': '每个文件最多列出的行数；全部都会计数。',
  Seconds: '秒',
  'The input itself where this is not set.': '未设置时使用输入本身。',
  'Output folder': '输出文件夹',
  'Beside each input where empty. Made where it does not exist.': '留空则放在各输入旁边。不存在时会创建。',
  'Output name': '输出名称',
  'Replacement strings as in commands: {/} the name, {/.} the name without its ending, {#} the number.':
    '替换串与命令中的相同：{/} 为名称，{/.} 为不带扩展名的名称，{#} 为序号。',
  '{} Where empty: {}.': '{1}留空则为：{2}。',
  'the name with the ending of the format; beside the input with -resized before it':
    '名称加该格式的扩展名；放在输入旁边时，扩展名前加 -resized',
  'the name without .gz': '去掉 .gz 的名称',
  '{/}.zst; the name without .zst to unpack': '{/}.zst；解压时为去掉 .zst 的名称',
  'If it exists': '若已存在',
  'What to do where there is such a file. An input is never overwritten.':
    '已有同名文件时如何处理。输入文件绝不会被覆盖。',
  'Count primes': '统计素数',
  'Sixty tasks of a TypeScript file, on every core. One of them fails on purpose.':
    '用一个 TypeScript 文件在所有核心上运行六十个任务，其中一个会故意失败。',
};
