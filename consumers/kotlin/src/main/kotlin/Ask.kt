import dev.finetune4j.PollingSchedule
import dev.finetune4j.dataset.format.ExampleCodecs
import dev.finetune4j.dataset.format.JsonlFile
import dev.finetune4j.dataset.format.Datasets
import dev.finetune4j.inference.ChatRequest
import dev.finetune4j.openai.OpenAiProvider
import dev.finetune4j.training.FineTuningRequest
import java.nio.file.Path

/** Fine-tunes a model at OpenAI on a file and asks the result one question. */
fun main(args: Array<String>) {
    val data = Datasets.openAiChat(Path.of(args[0]))
    val request = FineTuningRequest.supervised("gpt-4.1-mini-2025-04-14", data)

    OpenAiProvider.fromEnvironment().use { openAi ->
        val tuned = openAi.submit(request).await().requireFineTunedModel()
        val prompt = data.examples().use { it.findFirst().orElseThrow() }.messages().dropLast(1)
        val answer: String = openAi.requireChatModel(tuned).chat(ChatRequest.of(prompt)).text()
        println("${tuned.name()} answered $answer")
    }
}
