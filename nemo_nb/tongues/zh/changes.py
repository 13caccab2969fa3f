"""What changed between two drafts, in Chinese: the names of fields and values, and the sentences around them."""

from __future__ import annotations

FIELDS: dict[str, str] = {
    "text": "文字",
    "name": "名称",
    "volume": "音量",
    "muted": "静音",
    "speed": "速度",
    "fade_in_ms": "声音淡入",
    "fade_out_ms": "声音淡出",
    "video_fade_in_ms": "画面淡入",
    "video_fade_out_ms": "画面淡出",
    "loop": "循环",
    "fit": "适配方式",
    "position": "位置",
    "scale": "大小",
    "opacity": "不透明度",
    "rotation": "旋转",
    "flip": "翻转",
    "filters": "滤镜",
    "style": "样式",
    "crop": "裁切",
    "transition": "转场",
    "reverse": "倒放",
    "freeze": "定格",
    "duck": "说话时压低",
    "sound_tracks": "音轨",
    "at": "时间线位置",
    "source": "素材区间",
    "canvas": "画布",
    "fps": "帧率",
    "background": "背景",
    "total": "总时长",
}

VALUES: dict[str, str] = {
    "flip.h": "左右", "flip.v": "上下",
    "fit.contain": "完整显示", "fit.cover": "铺满", "fit.blur": "模糊填充",
    "top-left": "左上", "top-right": "右上", "bottom-left": "左下", "bottom-right": "右下", "center": "居中",
    "top": "顶部", "bottom": "底部", "left": "左侧", "right": "右侧",
    "crossfade": "叠化", "dip-black": "闪黑", "dip-white": "闪白", "circle": "圆形",
    "wipe-left": "向左擦除", "wipe-right": "向右擦除", "wipe-up": "向上擦除", "wipe-down": "向下擦除",
    "slide-left": "向左滑动", "slide-right": "向右滑动", "slide-up": "向上滑动", "slide-down": "向下滑动",
    "grayscale": "黑白", "sepia": "泛黄", "warm": "暖色", "cool": "冷色", "cinematic": "电影感", "vintage": "复古",
    "vivid": "鲜艳", "blur": "模糊", "sharpen": "锐化", "vignette": "暗角",
    "brightness": "亮度", "contrast": "对比度", "saturation": "饱和度",
    "style.bold": "粗体", "style.italic": "斜体", "style.outline": "描边", "style.shadow": "阴影",
    "style.background": "底色", "style.no shadow": "无阴影",
    "style.font_size": "字号", "style.align": "对齐",
}  # fmt: skip

SENTENCES: dict[str, str] = {
    "of": "{subject}：{told}",
    "changed": "{field} {before} → {after}",
    "off": "取消{field}",
    "added": "已添加 {subject}（{track}：{facts}）",
    "described": "{subject}（{track}：{facts}）",
    "removed": "已删除 {subject}（{at}）",
    "part removed": "剪掉 {at}",
    "part added": "恢复 {at}",
    "split": "在 {at}处分割",
    "joined": "重新连成一段",
    "box": "{width} x {height}",
    "none": "无",
    "plain": "默认",
    "and": "，",
}

SUMMARY: dict[str, str] = {
    "timeline": "时间线（{count}）：{tracks}",
    "one": "1 条轨道",
    "many": "{count} 条轨道",
    "empty": "空",
    "muted": "静音",
}
