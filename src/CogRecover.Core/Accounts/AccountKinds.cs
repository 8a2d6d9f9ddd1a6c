namespace CogRecover.Core.Accounts;

/// <summary>The kinds of account that Azure has, or had.</summary>
internal static class AccountKinds
{
    /// <summary>Their names, as <c>az cognitiveservices account list-kinds</c> tells them, and older ones. A new kind
    /// may be missing.</summary>
    public static IReadOnlyCollection<string> Known { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "AIServices", "AnomalyDetector", "Bing.Autosuggest.v7", "Bing.CustomSearch", "Bing.Search.v7",
        "Bing.SpellCheck.v7", "CognitiveServices", "ComputerVision", "ContentModerator", "ContentSafety",
        "ConversationalLanguageUnderstanding", "CustomVision.Prediction", "CustomVision.Training", "Face",
        "FormRecognizer", "HealthInsights", "ImmersiveReader", "LanguageAuthoring", "LUIS", "LUIS.Authoring",
        "MetricsAdvisor", "OpenAI", "Personalizer", "QnAMaker", "QnAMaker.v2", "SpeakerRecognition", "SpeechServices",
        "SpeechTranslation", "TextAnalytics", "TextTranslation", "VideoIndexer",
    };
}
