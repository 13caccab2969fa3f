"""What the client says in its own words, in each language."""

from __future__ import annotations

from dataclasses import dataclass

from ..client.events import CutReason
from ..tongues import Language


@dataclass(frozen=True, slots=True)
class Phrases:
    silent_changed: str
    silent_unchanged: str
    cut: dict[CutReason, str]
    cut_changed: str
    cut_unchanged: str
    unknown: str
    stopped: str
    stopped_made: str
    stopped_not: str
    fault: str
    credits: str
    exported: str
    uploaded: str
    upload_what: str
    still_working: str
    say_next: str


_ENGLISH = Phrases(
    silent_changed="Done:",
    silent_unchanged="The backend gave no answer, and nothing has changed on the timeline. Try other words.",
    cut={
        "connection": "The connection broke off",
        "server": "The backend failed while it worked on this",
        "idle": "The backend said nothing for too long",
        "total": "The backend came to no end",
        "unfinished": "The answer broke off",
    },
    cut_changed="{cut}, but the edit was made:",
    cut_unchanged="{cut}, and the timeline has not changed since. It was not sent again; "
    "say it once more if you still want it.",
    unknown="The backend can't be asked now whether the edit was made. "
    "Look at project.timeline before you say it again.",
    stopped="Stopped.",
    stopped_made="Stopped, but the edit was made:",
    stopped_not="Stopped before anything was changed.",
    fault="The backend reported a problem: {message}",
    credits="{available:g} credits available ({total:g} in total, {frozen:g} on hold). Exports are free.",
    exported="Exported {name}: {length}, {size}.",
    uploaded="Uploaded {names}.",
    upload_what='Which file? Say "upload clip.mp4", or call project.upload("clip.mp4").',
    still_working="⏳ Still working…",
    say_next="You could say next:",
)
_CHINESE = Phrases(
    silent_changed="完成：",
    silent_unchanged="后端没有回答，时间线也没有变化。请换一种说法再试。",
    cut={
        "connection": "连接中断了",
        "server": "后端在处理时出错了",
        "idle": "后端太久没有消息",
        "total": "后端一直没有结束",
        "unfinished": "回答中断了",
    },
    cut_changed="{cut}，但编辑已经完成：",
    cut_unchanged="{cut}，此后时间线没有变化。消息没有重发；如果仍然需要，请再说一次。",
    unknown="现在无法向后端确认编辑是否已完成。再说一次之前，请先查看 project.timeline。",
    stopped="已停止。",
    stopped_made="已停止，但编辑已经完成：",
    stopped_not="已停止，没有任何更改。",
    fault="后端报告了一个问题：{message}",
    credits="可用积分 {available:g}（共 {total:g}，冻结 {frozen:g}）。导出不消耗积分。",
    exported="已导出 {name}：{length}，{size}。",
    uploaded="已上传 {names}。",
    upload_what='上传哪个文件？可以说“上传 clip.mp4”，或调用 project.upload("clip.mp4")。',
    still_working="⏳ 仍在处理……",
    say_next="接下来可以说：",
)


def of(language: Language) -> Phrases:
    return _CHINESE if language == "zh" else _ENGLISH
