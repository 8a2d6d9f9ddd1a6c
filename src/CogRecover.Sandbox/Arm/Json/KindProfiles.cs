namespace CogRecover.Sandbox.Arm.Json;

/// <summary>The kinds of account that the simulator knows.</summary>
internal static class KindProfiles
{
    private static readonly RateRule Billing = new("container.billing", 10, 500, "*", "billing/*");

    private static readonly Capability VirtualNetworks = new("VirtualNetworks");

    private static readonly Capability CustomerManagedKey = new("CustomerManagedKey");

    private static readonly string[] Documents =
    [
        "bankStatement.us", "businessCard", "check.us", "contract", "creditCard", "document", "healthInsuranceCard.us",
        "idDocument", "invoice", "layout", "marriageCertificate.us", "mortgage.us.1003", "mortgage.us.1004",
        "mortgage.us.1005", "mortgage.us.1008", "mortgage.us.closingDisclosure", "payStub.us", "read", "receipt",
        "tax.us.1040", "tax.us.1098", "tax.us.1098E", "tax.us.1098T", "tax.us.1099", "tax.us.w2", "tax.us.w4",
    ];

    private static readonly KindProfile Face = new(
        "Face",
        [
            Rule("face.detect", 20, "POST", "face/detect", "face/v1.0/detect", "face/v1.1/detect"),
            Rule("face.match", 10, "POST", [.. Each("face/{0}", "findsimilars", "group", "identify", "verify"),
                .. Each("face/v1.0/{0}", "findsimilars", "group", "identify", "verify")]),
            Rule("face.liveness", 10, "*", "face/detectLiveness/*", "face/detectLivenessWithVerify/*"),
            Rule("face.lists", 10, "*", "face/facelists/*", "face/largefacelists/*", "face/largepersongroups/*",
                "face/persongroups/*", "face/dynamicpersongroups/*", "face/persons/*"),
            Rule("face", 10, "*", "face/*"), Billing, Rule("default", 10, "*", "*"),
        ],
        [VirtualNetworks, Container("Face", "Face", "Identity", "Detection"), CustomerManagedKey],
        ["Face"]);

    private static readonly KindProfile Vision = new(
        "ComputerVision",
        [
            Rule("vision.read", 30, "*", "vision/read/*", "vision/textOperations/*") with { Dynamic = true },
            Rule("vision.analyze", 20, "POST", [.. Each("vision/v{0}/analyze", "2.0", "2.1", "3.0", "3.1", "3.2"),
                .. Each("computervision/imageanalysis:{0}", "analyze", "segment")]) with { Dynamic = true },
            Rule("vision.retrieval", 20, "POST", [.. Each("computervision/retrieval:{0}", "vectorizeImage",
                "vectorizeText")]) with { Dynamic = true },
            Rule("vision", 20, "*", "vision/*") with { Dynamic = true }, Billing, Rule("default", 20, "*", "*"),
        ],
        [
            new("DynamicThrottling"), VirtualNetworks, new("NetworkSecurityPerimeter"),
            Container("ComputerVision", "ImageAnalysis", "Read", "ReadLayout", "SpatialAnalysis", "Retrieval"),
        ],
        ["Computer Vision", "Container"]);

    private static readonly KindProfile Forms = new(
        "FormRecognizer",
        [
            .. Documents.Select(model => Rule($"formrecognizer.{model}.analyze", 15, "POST",
                $"formrecognizer/documentModels/prebuilt-{model}:analyze",
                $"documentintelligence/documentModels/prebuilt-{model}:analyze")),
            Rule("formrecognizer.results", 50, "GET", [.. Each("{0}/documentModels/*/analyzeResults/*",
                "formrecognizer", "documentintelligence")]),
            Rule("formrecognizer.build", 5, "POST", [.. Each("{0}/documentModels:build", "formrecognizer",
                "documentintelligence")]),
            Billing, Rule("default", 15, "*", "*"),
        ],
        [
            new("DynamicThrottling"), VirtualNetworks, CustomerManagedKey,
            Container("FormRecognizer", [.. Documents, "Custom", "Studio", "Layout", "Ocr"]),
        ],
        ["FormRecognizer", "Document Intelligence", "Container"]);

    private static readonly KindProfile Speech = new(
        "SpeechServices",
        [
            .. new[] { "speechtotext", "texttospeech", "customvoice", "speakerid", "batchsynthesis", "video" }
                .Select(api => Rule($"{api}.calls", 100, "*", $"{api}/v3.1/*", $"{api}/v3.2/*", $"{api}/2024-11-15/*")),
            Billing, Rule("default", 50, "*", "*"),
        ],
        [
            VirtualNetworks, CustomerManagedKey, new("TrustedServices", "Microsoft.CognitiveServices"),
            Container("SpeechServices", "SpeechToText", "TextToSpeech", "NeuralTextToSpeech", "LanguageDetection"),
        ],
        ["Speech Services Speech to Text", "Speech Services Text to Speech (Neural)", "Speech Services Custom Voice",
            "Speech Services Speaker Identification", "Custom Voice", "Token", "Container"]);

    private static readonly KindProfile Language = new(
        "TextAnalytics",
        [],
        [
            VirtualNetworks, new("NetworkSecurityPerimeter"), CustomerManagedKey,
            Container("TextAnalytics", "Sentiment", "KeyPhrases", "LanguageDetection", "Entities", "Healthcare"),
        ],
        ["Text Analytics", "Language", "Custom Text Authoring", "Conversational Language Understanding",
            "Question Answering", "Container"]);

    private static readonly KindProfile OpenAI = new(
        "OpenAI",
        [
            Rule("openai.dalle.post", 3, "POST", "dalle/*", "openai/images/*"),
            Rule("openai.assistants", 30, "*", [.. Each("openai/{0}/*", "assistants", "threads", "vector_stores")]),
            Rule("openai.files", 30, "*", [.. Each("openai/{0}/*", "files", "uploads", "batches", "fine_tuning")]),
            .. new[] { "audio", "chat", "completions", "embeddings", "evals", "moderations", "realtime", "responses" }
                .Select(api => Rule($"openai.{api}", 60, "POST", $"openai/deployments/*/{api}/*", $"openai/v1/{api}")),
            Rule("openai", 30, "*", "openai/*"), Rule("default", 30, "*", "*"),
        ],
        [VirtualNetworks, CustomerManagedKey, new("MaxFineTuneCount", "500"), new("MaxRunningFineTuneCount", "1"),
            new("RaiMonitor", "RaiMonitor"), new("MaxDeploymentCount", "32")],
        ["OpenAI Language Model Instance API", "OpenAI Dall-E API", "OpenAI Realtime API", "OpenAI Whisper API",
            "OpenAI Moderations API", "Token"]);

    private static readonly KindProfile Safety = new(
        "ContentSafety",
        [
            .. new[] { "text:analyze", "image:analyze", "text:shieldPrompt", "text:detectProtectedMaterial" }
                .Select(api => Rule($"contentsafety.{api}", 1000, "POST", $"contentsafety/{api}")),
            Rule("contentsafety.blocklists", 100, "*", "contentsafety/text/blocklists/*"),
            Rule("default", 100, "*", "*"),
        ],
        [VirtualNetworks, CustomerManagedKey, Container("ContentSafety", "Text", "Image", "PromptShield")],
        ["Content Safety", "Container"]);

    private static readonly KindProfile Translator = new(
        "TextTranslation",
        [
            Rule("translator", 100, "*", "translator/text/*", "translator/document:translate"),
            Rule("default", 50, "*", "*"),
        ],
        [VirtualNetworks, CustomerManagedKey, Container("TextTranslation", "Translator", "Transliterator")],
        ["TextTranslation", "DocumentTranslation", "Container"]);

    private static readonly KindProfile[] Parts =
        [OpenAI, Speech, Language, Vision, Face, Forms, Safety, Translator];

    /// <summary>All of them. <c>AIServices</c> is every one at once, and as heavy as that.</summary>
    public static readonly KindProfile[] All =
    [
        .. Parts,
        Combine("AIServices"), Combine("CognitiveServices"),
        .. new[]
        {
            "AnomalyDetector", "ContentModerator", "ConversationalLanguageUnderstanding", "CustomVision.Prediction",
            "CustomVision.Training", "HealthInsights", "ImmersiveReader", "LUIS.Authoring", "MetricsAdvisor",
            "Personalizer", "QnAMaker.v2", "SpeechTranslation",
        }.Select(kind => new KindProfile(kind, [Rule("default", 10, "*", "*")], [VirtualNetworks], [kind])),
    ];

    private static KindProfile Combine(string kind) => new(
        kind,
        [.. Parts.SelectMany(part => part.Rules).Where(rule => rule.Key != "default").Distinct()],
        [.. Parts.SelectMany(part => part.Capabilities).Distinct()],
        [.. Parts.SelectMany(part => part.Endpoints).Distinct()]);

    private static RateRule Rule(string key, int count, string method, params string[] paths) =>
        new(key, 1, count, method, paths);

    private static Capability Container(string kind, params string[] parts) =>
        new("Container", string.Join(',', parts.Select(part => $"{kind}.{part}").Prepend($"{kind}.*")));

    private static IEnumerable<string> Each(string path, params string[] names) =>
        names.Select(name => path.Replace("{0}", name, StringComparison.Ordinal));
}
