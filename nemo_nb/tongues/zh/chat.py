"""What the client says in Chinese, and Chinese words that decide where a message or a reply belongs."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "silent_changed": "完成：",
    "silent_unchanged": "后端没有回答，时间线也没有变化。请换一种说法再试。",
    "cut_connection": "连接中断了",
    "cut_failed": "后端在处理时出错了",
    "cut_server": "后端在处理时出错了",
    "cut_idle": "后端太久没有消息",
    "cut_total": "后端一直没有结束",
    "cut_unfinished": "回答中断了",
    "cut_large": "回答太大了",
    "cut_changed": "{cut}，但编辑已经完成：",
    "cut_unchanged": "{cut}，此后时间线没有变化。消息没有重发；如果仍然需要，请再说一次。",
    "unknown": "现在无法向后端确认编辑是否已完成。再说一次之前，请先查看 project.timeline。",
    "stopped": "已停止。",
    "stopped_made": "已停止，但编辑已经完成：",
    "stopped_not": "已停止，没有任何更改。",
    "fault": "后端报告了一个问题：{message}",
    "credits": "可用积分 {available:g}（共 {total:g}，冻结 {frozen:g}）。导出不消耗积分。",
    "exported": "已导出 {name}：{length}，{size}。",
    "uploaded": "已上传 {names}。",
    "upload_what": '上传哪个文件？可以说“上传 clip.mp4”，或调用 project.upload("clip.mp4")。',
    "still_working": "⏳ 仍在处理……",
    "say_next": "接下来可以说：",
}

SHAPE = "画面改成{shape}"
NAMING = r"[为成到叫]$"
UPLOADED = r"上传的$"

# In Chinese the verb may stand anywhere in a clause.
PAGE = (
    r"点击|单击|双击|点按|拖拽|拖动|拖放|拖到|打开[^，。；]*(?:面板|页面|时间[线轴]|菜单|编辑器|项目|工作区)"
    r"|(?:在|到)?时间[线轴](?:中|上|里)?预览|在(?:编辑器|页面)中?(?:查看|预览)"
    r"|(?:查看|检查)(?:账户|账号|账单)|按(?:下)?[^，。；]{0,8}按钮"
)
PAGE_JOINT = r"(?!)"  # none
PAGE_MEANS: dict[str, str] = {
    "export": "导出|下载|输出",
    "credits": "账户|账号|账单|积分|余额|充值",
    "undo": "撤销",
    "say": "拖",
    "upload": "上传|导入",
    "show_tracks": "时间[线轴]|轨道|预览|项目",
}
