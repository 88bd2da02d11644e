export const prompt = "a red fox";
