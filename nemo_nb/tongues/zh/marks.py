"""What the small words of Chinese do in a sentence, by the mark that `nemo_nb.intent` knows them by."""

from __future__ import annotations

MARKS: dict[str, str] = {
    "this": "这 | 那 | 这个 | 那个 | 这首 | 那首 | 这张 | 那张 | 这条 | 那条 | 该",
    "these": "这些 | 那些 | 这几个 | 这几段",
    "it": "它 | 他 | 她",
    "them": "它们 | 他们",
    "other": "其他 | 其它 | 其余 | 别的 | 另外 | 另 | 另一个 | 其他的 | 其余的 | 另外的",
    "rest": "剩下 | 剩下的 | 其他的 | 其余 | 其余的 | 剩余",
    "all": "都 | 整 | 整条 | 全部 | 所有 | 所有的 | 每个 | 各 | 每 | 整个 | 整段 | 全 | 整体",
    "both": "两个都 | 俩",
    "odd": "奇数 | 单数",
    "even": "偶数 | 双数",
    "number": "号 | 第",
    "first": "前 | 第一 | 第一个 | 首",
    "last": "后 | 最后 | 最后一个 | 末尾 | 倒数",
    "dismiss": "算了 | 不用了 | 取消",
    "shorter": "短一点 | 短一些 | 短点",
    "same": "一样 | 同样 | 一样的 | 同样的 | 样",
    "again": "再 | 又 | 再来",
    "also": "也 | 同时 | 一起",
    "more": "再 | 更",
    "back": "回 | 打开 | 开着",
    "normal": "原来 | 原来的 | 正常 | 原样 | 原速 | 彩色 | 恢复彩色 | 恢复正常",
    "only": "只 | 仅 | 就 | 只有 | 只留 | 只要 | 只保留 | 仅保留 | 只剩",
    "except": "除了 | 除 | 以外 | 之外 | 除外",
    "of": "的",
    "with": "用",
    "on": "上",
    "in": "里 | 中 | 内 | 在",
    "measure": "个 | 段 | 首 | 条 | 张 | 句 | 片 | 行",
    "again_one": "来一个 | 来个",
    "while": "的时候 | 时候 | 期间 | 时",
    "until": "直到",
    "so": "因为 | 所以 | 好让 | 为了 | 这样",
    "if": "如果 | 要是 | 假如 | 的话",
    "new": "新 | 新的 | 刚加的 | 刚才加的",
    "old": "旧 | 之前的",
    "step": "步 | 操作 | 修改 | 改动",
    "mistake": "搞错 | 错了 | 弄错 | 搞错了 | 不对",
    "plenty": "就行 | 就好 | 够了 | 就够 | 够 | 足够",
    "shall": "应该 | 必须",
    "want": "还是要 | 要 | 想要",
    "praise": (
        "好的 | 不错 | 很好 | 完美 | 谢谢 | 太好了 | 棒 | 可以 | 好看 | 喜欢 | 多谢 | 辛苦了 | 厉害 | 赞 | 谢啦"
        " | 谢了 | 感谢"
    ),
    "greet": "你好 | 您好 | 嗨 | 哈喽",
    "help": "帮我 | 帮忙 | 帮个忙",
    "bit": "大一点 | 小一点 | 大点 | 小点 | 大一些 | 小一些 | 大些 | 小些",
    "light": "调到 | 降到 | 降到 | 点 | 点一下 | 点击 | 按 | 做个 | 按钮 | 内容 | 部分",
    "yes": "好 | 好吧 | 行 | 嗯 | 对 | 可以 | 好嘞 | 得嘞 | 好咧 | 妥了",
    "no": "不行",
    "u": "还 | 呃 | 嗯 | 那个啥 | 请 | 麻烦",
}

# What begins or holds a complaint.
FAULTS: tuple[str, ...] = ("太", "不够")
# What says that each of several is meant.
EACH: tuple[str, ...] = ("每",)
# What says that it takes its time.
SLOWLY: tuple[str, ...] = ("缓慢", "缓缓", "慢慢", "逐渐", "渐渐")
# What excepts, before a name.
NOT: tuple[str, ...] = ("别", "不要", "不是", "除")
# The verbs of a sentence that states how something is.
STATING: tuple[str, ...] = ()
