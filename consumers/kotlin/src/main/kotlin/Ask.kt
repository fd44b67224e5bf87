import dev.finetune4j.PollingSchedule
import dev.finetune4j.dataset.format.ExampleCodecs
import dev.finetune4j.dataset.format.JsonlFile
import dev.finetune4j.inference.ChatRequest
import dev.finetune4j.openai.OpenAiProvider
import dev.finetune4j.training.FineTuningRequest
import dev.finetune4j.training.SupervisedTraining
import java.nio.file.Path
import kotlin.jvm.optionals.getOrNull

/** Fine-tunes a model at OpenAI on a file and asks the result one question. */
fun main(args: Array<String>) {
    val data = JsonlFile.read(Path.of(args[0]), ExampleCodecs.openAiChat())
    val method = SupervisedTraining.withDefaults()
    val request = FineTuningRequest.builder("gpt-4.1-mini-2025-04-14", method, data).build()

    OpenAiProvider.fromEnvironment().use { openAi ->
        openAi.validator(request.baseModel(), method).validate(data).orThrow()
        val job = openAi.submit(request).await(PollingSchedule.standard())
        val tuned = job.fineTunedModel().getOrNull() ?: error("The job has no model: $job")
        val model = openAi.chatModel(tuned).getOrNull() ?: error("${tuned.name()} does not answer")
        val prompt = data.examples().use { it.findFirst().orElseThrow() }.messages().dropLast(1)
        val answer: String = model.chat(ChatRequest.of(prompt)).text()
        println("${tuned.name()} answered $answer")
    }
}
