"""`jianfu demo`: plays a scene with the real bot in an emulated Telegram, and shows what each person would see."""
