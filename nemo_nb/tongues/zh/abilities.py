"""What can be said, in Chinese: each family of edits with its name and examples that work."""

from __future__ import annotations

WORDS = "词语"  # before the words of a family

TITLES: dict[str, str] = {
    "cut": "剪切与保留",
    "order": "分割、顺序、重复",
    "speed": "速度",
    "sound": "音乐与声音",
    "titles": "标题与字幕",
    "pictures": "图片与水印",
    "b_roll": "空镜",
    "look": "画面",
    "transitions": "转场与淡入淡出",
    "shape": "画面比例",
    "steps": "撤销、提问、导出",
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "cut": (
        "剪掉前3秒",
        "只保留第2秒到第8秒",
        "去掉停顿",
    ),
    "order": (
        "在第4秒分割",
        "把最后一段移到最前面",
        "在第2秒插入c.mp4",
        "把b.mp4换成c.mp4",
        "循环播放3遍",
    ),
    "speed": (
        "两倍速播放",
        "最后3秒慢动作",
        "在第3秒定格2秒",
        "倒放",
    ),
    "sound": (
        "加上这段音乐，音量30%",
        "音乐结尾淡出3秒",
        "把视频静音",
        "说话时降低音乐",
        "统一音量",
        "响度调到-16 LUFS",
    ),
    "titles": (
        "开头加标题“你好”，显示3秒",
        "2到5秒显示字幕“大家好”",
        "标题改成红色",
    ),
    "pictures": (
        "把照片做成幻灯片，每张2秒",
        "右上角加水印，不透明度40%",
        "把c.mp4做成画中画",
    ),
    "b_roll": (
        "2到5秒用c.mp4做空镜",
        "空镜再长一秒",
        "去掉空镜",
    ),
    "look": (
        "变成黑白",
        "调亮20%",
        "顺时针旋转90度",
        "裁切20%",
        "画面放大到120%",
    ),
    "transitions": (
        "片段之间加叠化转场",
        "结尾两秒渐黑",
    ),
    "shape": (
        "做成竖屏",
        "改成1:1，背景模糊",
    ),
    "steps": (
        "撤销",
        "撤销最近两步",
        "视频有多长？",
        "导出720p",
    ),
}
